"""Makes the pictures of docs/pictures/ from the example, as people see it: `make screenshots`."""

import json
import re
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from models.basics.words import Step
from models.workshop.programme import ALLIANCE
from pages.parts.leading.lead_steps import page_of_step
from tests.serving import BROWSER_ARGUMENTS, ROOT, Server, chromium

PICTURES = ROOT / "docs" / "pictures"
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
LAPTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
WIDEST = 1280
# In the pictures stands the address of a hosted server, not that of this machine.
ADDRESS = "https://merenveld.example"
SETTLE_MILLISECONDS = 1_500
STEPS = [step.name for step in ALLIANCE.steps]
# A partner signs on a page of their own, not on that of the step.
PARTNER_SIGNS = "phone-sign"
# Those that the documents show, by name.
WANTED = set(re.findall(r"pictures/([\w-]+)\.png", (ROOT / "README.md").read_text(encoding="utf-8")))
DOCUMENT_PAGES = (1, 2)


def keep(picture: bytes, name: str) -> None:
    """Store a picture under `name`, small enough for a page that shows many."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    if image.width > WIDEST:
        image = image.resize((WIDEST, round(image.height * WIDEST / image.width)), Image.Resampling.LANCZOS)
    flat = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    flat.save(PICTURES / f"{name}.png", optimize=True)


def take(page: Page, name: str) -> None:
    """Take a picture when the page has come to rest."""
    if "/lead" in page.url:
        page.wait_for_selector('[data-testid=stApp][data-test-script-state="notRunning"]', timeout=30_000)
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    keep(page.screenshot(), name)


def sign_in(page: Page, server: Server) -> Page:
    """Return `page` with a facilitator signed in."""
    page.goto(f"{server.url}/sign-in")
    page.locator("input[name=name]").fill("Iris de Boer")
    page.locator("input[name=passphrase]").fill(server.passphrase)
    page.locator("input[name=passphrase]").press("Enter")
    page.wait_for_url("**/lead**")
    return page


def lead(browser: Browser, server: Server, examples: dict[str, dict]) -> None:
    """Take the facilitator's page of each step, and the home of an alliance whose meeting is over."""
    with browser.new_context(viewport=LAPTOP, locale="nl-NL") as context:
        page = sign_in(context.new_page(), server)
        for step in STEPS:
            path = page_of_step(ALLIANCE.name, step).removesuffix(".py")
            if f"lead-{path}" in WANTED:
                page.goto(f"{server.url}/lead/{path}?workshop={examples[step]['code']}")
                take(page, f"lead-{path}")
        if "lead-home" in WANTED:
            # Which alliance one sees without being asked is that of the meeting one looked at last.
            page.goto(f"{server.url}/lead/prepare?workshop={examples[STEPS[-1]]['code']}")
            page.locator("h1").wait_for()
            page.goto(f"{server.url}/lead/")
            page.locator(".st-key-next_step").wait_for()
            take(page, "lead-home")


def reveal(browser: Browser, server: Server, vote: dict) -> None:
    """Close the round of the example as a facilitator does, and take what the room and the facilitator see."""
    with browser.new_context(viewport=LAPTOP, locale="nl-NL") as context:
        page = sign_in(context.new_page(), server)
        page.goto(f"{server.url}/lead/vote?workshop={vote['code']}")
        page.locator(".go").click()
        page.locator("[data-cell=act]", has_text="Neem de zaal mee").wait_for(timeout=30_000)
        take(page, "lead-result")
    with browser.new_context(viewport=PROJECTOR, locale="nl-NL") as context:
        page = context.new_page()
        page.goto(server.url + urlsplit(vote["projector"]).path)
        take(page, "projector-result")


def project(browser: Browser, server: Server, examples: dict[str, dict]) -> None:
    """Take the projector of each step, by its own link."""
    for step in STEPS:
        if f"projector-{step}" not in WANTED:
            continue
        with browser.new_context(viewport=PROJECTOR, locale="nl-NL") as context:
            page = context.new_page()
            page.goto(server.url + urlsplit(examples[step]["projector"]).path)
            take(page, f"projector-{step}")


def join(browser: Browser, server: Server, examples: dict[str, dict]) -> None:
    """Take the phone of somebody who comes in late, and of a partner who signs."""
    for step in STEPS:
        if f"phone-{step}" not in WANTED - {PARTNER_SIGNS}:
            continue
        with browser.new_context(viewport=PHONE, locale="nl-NL", is_mobile=True, has_touch=True) as context:
            page = context.new_page()
            page.goto(server.url + urlsplit(examples[step]["url"]).path)
            page.locator("[name=group]").last.check()
            page.locator("form[action^='/j/'] button").first.click()
            page.wait_for_url("**/p/**")
            take(page, f"phone-{step}")
    with browser.new_context(viewport=PHONE, locale="nl-NL", is_mobile=True, has_touch=True) as context:
        page = context.new_page()
        page.goto(server.url + urlsplit(examples[Step.SIGN]["partners"][-1]["link"]).path)
        take(page, PARTNER_SIGNS)


def print_document(server: Server, code: str, folder: Path) -> None:
    """Take the first pages of the agenda, as LibreOffice prints them."""
    word, printed = folder / "agenda.docx", folder / "agenda.pdf"
    server.manage("agenda", code, "--out", str(word))
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word))
    for number in DOCUMENT_PAGES:
        one = folder / f"agenda-{number}"
        span = ("-f", str(number), "-l", str(number))
        _run("pdftoppm", "-png", "-singlefile", "-r", "80", *span, str(printed), str(one))
        keep(one.with_suffix(".png").read_bytes(), one.name)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120)


def main() -> None:
    """Load an example for each step, and take all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="handslag-pictures-") as temporary:
        folder = Path(temporary)
        server = Server(folder, environment={"HANDSLAG_URL": ADDRESS})
        server.start()
        try:
            examples = {step: _example(server, step) for step in STEPS}
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
                lead(browser, server, examples)
                project(browser, server, examples)
                join(browser, server, examples)
                reveal(browser, server, examples[Step.VOTE])
                browser.close()
            print_document(server, examples[Step.AGENDA]["code"], folder)
        finally:
            server.kill()


def _example(server: Server, step: str) -> dict:
    return json.loads(server.manage("example", "--step", step).splitlines()[-1])


if __name__ == "__main__":
    main()
