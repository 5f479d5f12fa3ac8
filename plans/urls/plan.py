from django.urls import URLPattern, path

from plans.views import domain_partners, goal_values, plan, structure, versions

PLAN = "plannen/<slug:code>/"
PART = f"{PLAN}opbouw/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("plannen/", plan.plan_list, name="list"),
    path("plannen/nieuw/", plan.plan_create, name="create"),
    path(PLAN, plan.plan_detail, name="detail"),
    path(f"{PLAN}wijzigen/", plan.plan_edit, name="edit"),
    path(f"{PLAN}vertrouwelijkheid/", plan.plan_level, name="level"),
    path(f"{PLAN}nieuwe-editie/", plan.plan_edition, name="edition"),
    path(f"{PLAN}stap/<slug:name>/", plan.plan_step, name="step"),
    path(f"{PLAN}besluiten/nieuw/", plan.decision_create, name="decision"),
    path(f"{PLAN}medewerkers/", plan.helpers, name="helpers"),
    path(f"{PLAN}medewerkers/<int:pk>/intrekken/", plan.helper_withdraw, name="helper-withdraw"),
    path(f"{PLAN}domeinen/<int:number>/", plan.domain_detail, name="domain"),
    path(f"{PLAN}partners/", domain_partners.plan_partners, name="partners"),
    path(f"{PLAN}partners/pdf/", domain_partners.plan_partners_pdf, name="partners-pdf"),
    path(
        f"{PLAN}domeinen/<int:number>/partners/",
        domain_partners.domain_partners,
        name="domain-partners",
    ),
    path(
        f"{PLAN}domeinen/<int:number>/aanspreekpunten/",
        domain_partners.domain_contacts,
        name="domain-contacts",
    ),
    path(f"{PLAN}indicatoren/<int:pk>/waarde/", goal_values.goal_value, name="goal-value"),
    path(f"{PLAN}opbouw/", structure.structure, name="structure"),
    path(f"{PART}nieuw/", structure.part_create, name="part-create"),
    path(f"{PART}volgorde/", structure.part_order, name="part-order"),
    path(f"{PART}<int:pk>/wijzigen/", structure.part_edit, name="part-edit"),
    path(f"{PART}<int:pk>/verplaatsen/", structure.part_move, name="part-move"),
    path(f"{PART}<int:pk>/archiveren/", structure.part_archive, name="part-archive"),
    path(f"{PART}<int:pk>/herstellen/", structure.part_restore, name="part-restore"),
    path(f"{PLAN}geschiedenis/", versions.plan_history, name="history"),
    path(f"{PLAN}bijsturingen/", versions.revisions, name="revisions"),
    path(f"{PLAN}versies/", versions.version_list, name="versions"),
    path(f"{PLAN}versies/vergelijken/", versions.version_compare, name="compare"),
    path(f"{PLAN}versies/<int:pk>/", versions.version_detail, name="version"),
]
