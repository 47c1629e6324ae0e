"""Fill an empty shop: its owner, and one class of products. Made once, and kept as seeded.sqlite3.xz."""

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from oscar.apps.catalogue.models import ProductClass  # noqa: E402

get_user_model().objects.create_superuser("admin", "admin@example.com", "admin")
ProductClass.objects.create(name="Goods", slug="goods", track_stock=True, requires_shipping=True)
