"""Which publishers there are, by the name that stands in the outbox."""

from collections.abc import Callable, Iterable

from config.messages import Language
from config.publishers import BUNDLE, Declaration, GoogleFeed, MetaFeed, OscarShop, Sheet, Webhook
from models.store import ObjectStore
from publishing.bundle import BundlePublisher
from publishing.google_feed import GooglePublisher
from publishing.meta_feed import MetaPublisher
from publishing.oscar import OscarPublisher
from publishing.publisher import Publisher
from publishing.sheet import SheetPublisher
from publishing.webhook import WebhookPublisher


def open_publishers(
    declared: Iterable[Declaration],
    *,
    store: ObjectStore,
    language: Language,
    secrets_of: Callable[[str], tuple[str, ...]],
) -> dict[str, Publisher]:
    """Return all publishers by name: the bundle and those that are declared.

    ``secrets_of`` gives a publisher's secrets, the newest first. Raises ValueError where one is missing or wrong.
    """
    publishers: dict[str, Publisher] = {BUNDLE: BundlePublisher(store, language)}
    for each in declared:
        publishers[each.name] = _open(each, store, language, secrets_of(each.name))
    return publishers


def _open(declared: Declaration, store: ObjectStore, language: Language, secrets: tuple[str, ...]) -> Publisher:
    match declared:
        case Webhook():
            return WebhookPublisher(declared, store=store, language=language, secrets=secrets)
        case OscarShop():
            return OscarPublisher(declared, store=store, language=language, secrets=secrets)
        case GoogleFeed():
            return GooglePublisher(declared, store=store, language=language)
        case MetaFeed():
            return MetaPublisher(declared, store=store, language=language)
        case Sheet():
            return SheetPublisher(declared, store=store, language=language)
