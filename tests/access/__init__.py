"""Who gets what at every address: each URL × eleven roles, the neighbour and nobody × each method.

How to add an address, in the file of its app (tests/access/plans.py, …), in the list ROWS:

    page("plans:list", seen=SIGNED_IN)
    page("plans:detail", plan, seen=READERS)                      # GET, HEAD; others get 404
    form("plans:edit", plan, may=COORDINATORS, barred=READERS)    # also POST; barred get 403
    act("plans:action-archive", action, may=COORDINATORS, barred=READERS)      # POST only

The second argument makes the address's arguments from the Stage (tests/access/stage.py); `plan`
and `action` are there. Whoever is in neither set gets 404, as if the thing did not exist; nobody
is sent to the sign-in page. A POST is sent empty: who may, gets a redirect or the form again (422).
Where GET and POST differ, give `post=`; a public address says `public=True`; an address that
answers otherwise gives its own codes with `but={"OPTIONS": 200}` or `but={("GET", ELSEWHERE): 200}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from accounts.roles import Role
from tests.access.stage import Stage

ELSEWHERE = "coordinator of the other municipality"
OTHER_PARTNER = "somebody of another partner"
FAR_PARTNER = "somebody of a partner of the other municipality"
NOBODY = "nobody"
Actor = str  # a Role or one of the others
ACTORS: tuple[Actor, ...] = (*Role, ELSEWHERE, OTHER_PARTNER, FAR_PARTNER, NOBODY)
# What is shared on the stage is shared with the organisation of the role of partner.
PARTNERS: frozenset[Actor] = frozenset({Role.PARTNER, OTHER_PARTNER, FAR_PARTNER})
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READ_AND_SENT = ("GET", "POST")

SIGNED_IN: frozenset[Actor] = frozenset({*Role, ELSEWHERE, OTHER_PARTNER, FAR_PARTNER})
# Who reads the plan and the action of the stage: running, level intern, led by the service.
READERS: frozenset[Actor] = frozenset(
    {
        Role.COORDINATOR,
        Role.CIV_STAFF,
        Role.WARDEN,
        Role.FINDER,
        Role.NEIGHBOURHOOD_POLICE,
        Role.CORE_GROUP,
        Role.COLLEGE,
        Role.SERVICE,
    }
)
COORDINATORS: frozenset[Actor] = frozenset({Role.COORDINATOR})
ADMINISTRATORS: frozenset[Actor] = frozenset({Role.ADMINISTRATOR})
LEADS: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.SERVICE})

# Nothing else exists for who only works in the space of a partner, whatever a row says.
SPACES = ("space:", "evaluation-space:", "account_", "mfa_", "usersessions_")
IN_SPACE = {"home", "accounts:account", "accounts:language", "accounts:session-end", "partners:referrals",
            "partners:referral", "partners:referral-step", "reminders:mine", "reminders:choices",
            "answers:mine", "answers:revoke", "answers:revoke-all"}  # fmt: skip

OK = frozenset({200})
DONE = frozenset({302, 303, 422})  # done, or the empty form again
REFUSED = frozenset({403})
MISSING = frozenset({404})
NO_SUCH_METHOD = frozenset({405})
SIGN_IN = frozenset({302})

Arguments = Callable[[Stage], dict[str, Any]]
Codes = int | Iterable[int]


def nothing(_stage: Stage) -> dict[str, Any]:
    return {}


def plan(stage: Stage) -> dict[str, Any]:
    return {"code": stage.plan.code}


def action(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.action.pk}


def codes(value: Codes) -> frozenset[int]:
    return frozenset({value} if isinstance(value, int) else value)


@dataclass(frozen=True)
class Row:
    """One address: the codes each actor gets for each method."""

    name: str
    arguments: Arguments
    methods: Mapping[str, Callable[[Actor], frozenset[int]]]
    public: bool = False
    but: Mapping[Any, Codes] = field(default_factory=dict)
    query: str = ""

    def expected(self, method: str, actor: Actor) -> frozenset[int]:
        if actor in PARTNERS and not self.public and not self.is_in_space:
            return MISSING
        for key in ((method, actor), method):
            if key in self.but:
                return codes(self.but[key])
        if actor == NOBODY and not self.public:
            return SIGN_IN
        rule = self.methods.get(method)
        return rule(actor) if rule else NO_SUCH_METHOD

    @property
    def is_in_space(self) -> bool:
        return self.name in IN_SPACE or self.name.startswith(SPACES)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Who is sent there. Outside the space of a partner all partners meet the same closed door:
        one of them knocks."""
        if self.is_in_space or self.public:
            return ACTORS
        return tuple(actor for actor in ACTORS if actor not in PARTNERS - {Role.PARTNER})

    def visits(self) -> Iterator[tuple[str, Actor]]:
        """Who is sent there, and how: everybody reads and sends.

        The other methods are settled before anybody's rights are asked for, or are GET to the view
        (HEAD). Among people who expect the same of all methods one tries those, at each address
        another.
        """
        alike = defaultdict(list)
        for actor in self.actors:
            alike[tuple(self.expected(method, actor) for method in METHODS)].append(actor)
        for people in alike.values():
            yield from ((method, actor) for method in READ_AND_SENT for actor in people)
            one = people[crc32(self.name.encode()) % len(people)]
            yield from ((method, one) for method in METHODS if method not in READ_AND_SENT)

    def __str__(self) -> str:
        return self.name


def _rule(
    may: Iterable[Actor], barred: Iterable[Actor], answer: frozenset[int]
) -> Callable[[Actor], frozenset[int]]:
    allowed, refused = frozenset(may), frozenset(barred)

    def rule(actor: Actor) -> frozenset[int]:
        if actor in allowed:
            return answer
        return REFUSED if actor in refused else MISSING

    return rule


def page(
    name: str,
    arguments: Arguments = nothing,
    *,
    seen: Iterable[Actor],
    barred: Iterable[Actor] = (),
    public: bool = False,
    but: Mapping[Any, Codes] | None = None,
    query: str = "",
) -> Row:
    """An address that is only read."""
    rule = _rule({*seen, NOBODY} if public else seen, barred, OK)
    return Row(name, arguments, {"GET": rule, "HEAD": rule}, public, but or {}, query)


def form(
    name: str,
    arguments: Arguments = nothing,
    *,
    may: Iterable[Actor],
    barred: Iterable[Actor] = (),
    public: bool = False,
    post: Iterable[Actor] | None = None,
    but: Mapping[Any, Codes] | None = None,
    query: str = "",
) -> Row:
    """An address that shows a form and takes it. `post` when fewer may send than see it."""
    people = frozenset(may) | ({NOBODY} if public else frozenset())
    senders = people if post is None else frozenset(post)
    kept_out = frozenset(barred) | (people - senders)
    shown = _rule(people, barred, OK)
    sent = _rule(senders, kept_out, DONE)
    rules = {"GET": shown, "HEAD": shown, "POST": sent}
    return Row(name, arguments, rules, public, but or {}, query)


def act(
    name: str,
    arguments: Arguments = nothing,
    *,
    may: Iterable[Actor],
    barred: Iterable[Actor] = (),
    public: bool = False,
    but: Mapping[Any, Codes] | None = None,
    query: str = "",
) -> Row:
    """An address that only takes a button."""
    return Row(name, arguments, {"POST": _rule(may, barred, DONE)}, public, but or {}, query)
