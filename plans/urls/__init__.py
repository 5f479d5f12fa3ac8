"""Addresses of plans and their actions."""

from plans.urls import actions, plan

app_name = "plans"
urlpatterns = [*plan.urlpatterns, *actions.urlpatterns]
