"""Addresses of actions."""

from django.urls import URLPattern, path

from plans.views import (
    action_edit,
    actions,
    around,
    attachments,
    budget,
    bulk,
    commitments,
    engagement,
    export,
    indicators,
    lead,
    mine,
    notes,
    of_partner,
    practices,
    referrals,
    shares,
    updates,
)

urlpatterns: list[URLPattern] = [
    path("acties/", actions.action_list, name="actions"),
    path("acties/mijn/", mine.my_actions, name="mine"),
    path("acties/van-partner/<int:pk>/", of_partner.of_partner, name="of-partner"),
    path("acties/van-praktijk/<int:pk>/", practices.of_practice, name="of-practice"),
    path("acties/export.xlsx", export.actions_xlsx, name="actions-xlsx"),
    path("acties/export.csv", export.actions_csv, name="actions-csv"),
    path("acties/samen/", bulk.actions_bulk, name="bulk"),
    path("acties/samen/<int:pk>/", bulk.bulk_result, name="bulk-result"),
    path("plannen/<slug:code>/acties/nieuw/", action_edit.action_create, name="action-create"),
    path("acties/<int:pk>/", actions.action_detail, name="action"),
    path("acties/<int:pk>/wijzigen/", action_edit.action_edit, name="action-edit"),
    path("acties/<int:pk>/vertrouwelijkheid/", action_edit.action_level, name="action-level"),
    path("acties/<int:pk>/archiveren/", action_edit.action_archive, name="action-archive"),
    path("acties/<int:pk>/terugzetten/", action_edit.action_restore, name="action-restore"),
    path("acties/<int:pk>/stap/<slug:name>/", action_edit.action_step, name="action-step"),
    path("acties/<int:pk>/bijwerken/", updates.action_update, name="update"),
    path("acties/<int:pk>/trekker/", lead.action_lead, name="action-lead"),
    path("acties/<int:pk>/antwoord/", lead.action_answer, name="action-answer"),
    path("acties/<int:pk>/partners/", lead.action_partners, name="action-partners"),
    path("acties/<int:pk>/samenwerking/", shares.cooperation, name="cooperation"),
    path("acties/<int:pk>/delen/", shares.share_create, name="share"),
    path("delen/<int:pk>/wijzigen/", shares.share_edit, name="share-edit"),
    path("delen/<int:pk>/intrekken/", shares.share_withdraw, name="share-withdraw"),
    path("acties/<int:pk>/gebaseerd-op/", practices.action_practices, name="action-practices"),
    path("acties/<int:pk>/budget/", budget.action_budget, name="action-budget"),
    path("partners/engagement/", engagement.engagement_list, name="engagements"),
    path("partners/<int:pk>/engagement/", engagement.engagement, name="engagement"),
    path("acties/bij-afspraak/<int:pk>/", commitments.of_agreement, name="of-agreement"),
    path("acties/<int:pk>/afspraken/", commitments.commitment_link, name="commitment-link"),
    path(
        "acties/afspraken/<int:pk>/ontkoppelen/",
        commitments.commitment_unlink,
        name="commitment-unlink",
    ),
    path("acties/<int:pk>/bijlagen/nieuw/", attachments.attachment_create, name="attach"),
    path("acties/<int:pk>/rondom/", around.around, name="around"),
    path("acties/<int:pk>/notas/nieuw/", notes.note_create, name="note-create"),
    path("acties/van-nota/<uuid:pk>/", notes.of_note, name="of-note"),
    path("acties/<int:pk>/doorverwijzen/", referrals.referral_create, name="refer"),
    path("acties/van-doorverwijzing/<int:pk>/", referrals.of_referral, name="of-referral"),
    path("bijlagen/<int:pk>/", attachments.attachment_download, name="attachment"),
    path(
        "bijlagen/<int:pk>/archiveren/", attachments.attachment_archive, name="attachment-archive"
    ),
    path(
        "acties/<int:pk>/indicatoren/nieuw/", indicators.indicator_create, name="indicator-create"
    ),
    path("indicatoren/<int:pk>/wijzigen/", indicators.indicator_edit, name="indicator-edit"),
    path(
        "indicatoren/<int:pk>/archiveren/", indicators.indicator_archive, name="indicator-archive"
    ),
    path("indicatoren/<int:pk>/waarde/", indicators.indicator_value, name="indicator-value"),
]
