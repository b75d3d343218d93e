"""A browser in which somebody of a mediation has typed the six words, and what its pages weigh."""

import gzip
import re

from starlette.testclient import TestClient

from tests.builders.mediation import Mediated
from tests.phone.conftest import make_app

HERE = "http://localhost"


class Visitor:
    """Somebody with their page open: reads it in English, and sends its forms."""

    def __init__(self, made: Mediated, party: str, place: int = 0) -> None:
        person = made.person(party, place)
        self.path = f"/m/{person.token}"
        self.client = TestClient(
            make_app(),
            base_url=HERE,
            client=("127.0.0.1", 50_000),
            follow_redirects=True,
            headers={"accept-language": "en"},
        )
        answer = self.client.post(f"{self.path}/open", data={"words": person.words})
        assert answer.status_code == 200, answer.text

    def read(self, where: str = "") -> str:
        """Return a page of theirs."""
        return self.client.get(f"{self.path}{where}").text

    def do(self, act: str, status: int = 200, **form: object) -> str:
        """Send a form, and return the page that comes back."""
        answer = self.client.post(
            f"{self.path}/{act}", data={name: str(value) for name, value in form.items()}
        )
        assert answer.status_code == status, answer.text
        return answer.text

    def weight(self, where: str = "") -> tuple[int, int]:
        """Return how many requests a page makes and how many bytes it and its files are, as they are sent."""
        page = self.read(where)
        files = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)
        sizes = [
            int(self.client.get(file, headers={"accept-encoding": "gzip"}).headers["content-length"])
            for file in files
        ]
        return len(files) + 1, sum(sizes) + len(page.encode())


def number_on(page: str) -> str:
    """Return the number of the key of who is let in by a page of the mediator."""
    (number,) = re.findall(r'/admit".*?name="number" value="([\d ]+)"', page)
    return number


def person_on(page: str) -> str:
    """Return who is let in by a page of the mediator."""
    (person,) = re.findall(r'/admit".*?name="person_id" value="(\d+)"', page)
    return person


def gzipped(page: str) -> int:
    """Return how many bytes a page is on the way."""
    return len(gzip.compress(page.encode()))
