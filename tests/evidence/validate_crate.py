"""Run rocrate-validator on a crate without a network: ``python validate_crate.py CRATE PROFILE…``.

It runs in an environment of its own (`make crate-test`), since the validator needs an older rich than this project. The
two contexts that a crate names lie beside this file, as far as archives use their terms (both are public domain, CC0).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import rdflib.plugins.shared.jsonld.context as jsonld
from rocrate_validator import services
from rocrate_validator.models import ValidationSettings
from rocrate_validator.utils.http import HttpRequester

CONTEXTS = {
    "https://w3id.org/ro/crate/1.1/context": "ro-crate-1.1.json",
    "https://w3id.org/ro/terms/workflow-run/context": "workflow-run.json",
}


class Answer:
    """What the validator asks of a response."""

    def __init__(self, url):
        self.text = (Path(__file__).parent / "contexts" / CONTEXTS[str(url)]).read_text("utf-8")
        self.content = self.text.encode()
        self.status_code = 200
        self.headers = {"Content-Type": "application/ld+json"}
        self.from_cache = False

    def json(self):
        return json.loads(self.text)

    def raise_for_status(self):
        pass


def main(crate, profiles):
    """Print the broken requirements of each profile, and end with their number."""
    HttpRequester.get = HttpRequester.head = lambda self, url, **options: Answer(url)
    read = jsonld.source_to_json
    jsonld.source_to_json = lambda source, *more, **options: (
        (Answer(source).json(), None) if str(source) in CONTEXTS else read(source, *more, **options)
    )
    broken = 0
    for profile in profiles:
        settings = ValidationSettings(rocrate_uri=crate, profile_identifier=profile, requirement_severity="REQUIRED")
        result = services.validate(settings)
        for issue in result.get_issues():
            broken += 1
            sys.stdout.write(f"{profile} {issue.check.identifier}: {issue.message}\n")
        sys.stdout.write(f"{profile}: {len(result.executed_checks)} checks\n")
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
