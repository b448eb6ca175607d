"""The root of all addresses: pages at the top, programs under /api/, operators under /admin/."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("annotations.api.urls")),
    path("", include("annotations.web.urls")),
]

handler400 = "annotations.web.errors.bad_request"
handler403 = "annotations.web.errors.permission_denied"
handler404 = "annotations.web.errors.not_found"
handler500 = "annotations.web.errors.server_error"
