# SPDX-License-Identifier: MIT
"""Which pages there are, which of them stand in the rail of which workspace, and how each is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rkv_app.domain.people import Role
from rkv_app.foundation.i18n import N_
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.page import Page
from rkv_app.ui.pages.application.page import ApplicationPage
from rkv_app.ui.pages.case.page import CasePage
from rkv_app.ui.pages.cases.page import CasesPage
from rkv_app.ui.pages.contacts.page import ContactsPage
from rkv_app.ui.pages.curricula.page import CurriculaPage
from rkv_app.ui.pages.curricula.plan_page import CurriculumPage
from rkv_app.ui.pages.evaluation.page import EvaluationPage
from rkv_app.ui.pages.finder.page import FinderPage
from rkv_app.ui.pages.forms.page import FormPage
from rkv_app.ui.pages.forms.survey_page import SurveyPage
from rkv_app.ui.pages.queue.page import QueuePage
from rkv_app.ui.pages.readiness.page import ReadinessPage
from rkv_app.ui.pages.requests.page import RequestsPage
from rkv_app.ui.pages.returned.page import ReturnedPage
from rkv_app.ui.pages.roads.page import RoadsPage
from rkv_app.ui.pages.send.page import SendPage
from rkv_app.ui.pages.store.page import StorePage
from rkv_app.ui.pages.trust.page import TrustPage


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in the rail.

    Attributes:
        label: source text, to be said in the language of the window.
        within: pages that are reached from here and keep it marked.
    """

    page: PageName
    label: str
    within: frozenset[PageName] = frozenset()


_CASES = Destination(
    PageName.CASES,
    N_("Cases"),
    frozenset(
        {
            PageName.CASE,
            PageName.SEND,
            PageName.READINESS,
            PageName.FINDER,
            PageName.ROADS,
            PageName.FORM,
            PageName.SURVEY,
            PageName.RETURNED,
        }
    ),
)
_CONTACTS = Destination(PageName.CONTACTS, N_("Contacts"), frozenset({PageName.TRUST}))
_CURRICULA = Destination(PageName.CURRICULA, N_("Curricula"), frozenset({PageName.CURRICULUM}))
_STORE = Destination(PageName.STORE, N_("Store and security"))
_RAIL: Mapping[Role, Sequence[Destination]] = {
    Role.ADVISER: (_CASES, _CURRICULA, _CONTACTS, _STORE),
    Role.SUPERVISOR: (
        Destination(PageName.REQUESTS, N_("What I am asked"), frozenset({PageName.EVALUATION})),
        _CONTACTS,
        _STORE,
    ),
    Role.INTAKE: (Destination(PageName.QUEUE, N_("Queue"), frozenset({PageName.APPLICATION})), _CONTACTS, _STORE),
}
_PAGES: Mapping[PageName, Callable[[PageContext, str], Page]] = {
    PageName.CASES: lambda context, _: CasesPage(context),
    PageName.CASE: CasePage,
    PageName.SEND: SendPage,
    PageName.CONTACTS: lambda context, _: ContactsPage(context),
    PageName.CURRICULA: CurriculaPage,
    PageName.CURRICULUM: CurriculumPage,
    PageName.REQUESTS: lambda context, _: RequestsPage(context),
    PageName.EVALUATION: EvaluationPage,
    PageName.QUEUE: lambda context, _: QueuePage(context),
    PageName.APPLICATION: ApplicationPage,
    PageName.READINESS: ReadinessPage,
    PageName.FINDER: FinderPage,
    PageName.ROADS: RoadsPage,
    PageName.FORM: FormPage,
    PageName.SURVEY: SurveyPage,
    PageName.RETURNED: ReturnedPage,
    PageName.STORE: lambda context, _: StorePage(context),
    PageName.TRUST: lambda context, _: TrustPage(context),
}


def rail(role: Role) -> Sequence[Destination]:
    """The places in the rail of a workspace, home first."""
    return _RAIL[role]


def home(role: Role) -> Route:
    """Where a workspace opens."""
    return Route(_RAIL[role][0].page)


def make_page(route: Route, context: PageContext) -> Page:
    """Makes the page of a route, empty until it is started."""
    return _PAGES[route.page](context, route.subject)
