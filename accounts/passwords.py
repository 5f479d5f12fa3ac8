"""Django's rules for passwords, saying in our words what to do."""

from __future__ import annotations

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _


class LongEnough(rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        text = _("Dit wachtwoord is te kort. Neem minstens %s tekens.")
        return text % self.min_length


class UnlikeThePerson(rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord lijkt te veel op je naam of je e-mailadres. Kies iets anders.")


class Uncommon(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord staat op de lijst die inbrekers het eerst proberen. Kies een zin.")
