"""The address that phones use, and whether a phone reached us by it."""

from urllib.parse import urlsplit

import streamlit as st

from exports.drawings import qr_svg
from exports.language import day_and_time
from exports.sentences import error_sentence
from models.basics.errors import InvalidValue
from models.installation.address import (
    choose_address,
    is_fixed,
    is_lasting,
    machine_addresses,
    reach_url,
    reaches_phones,
    read_reached,
    short_address,
)
from models.storage.database import reading
from pages.parts.frame.acting import act
from pages.parts.frame.picture import show_picture
from pages.parts.frame.room_now import RoomNow
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language, plain, small_print

OWN_ADDRESS = "own"
REFUSED = "address_refused"
QR_WIDTH = "190px"


def the_address(room: RoomNow, address: str | None) -> None:
    """Draw the address that phones use, and whether a phone reached us by it."""
    st.header(_("The address for phones"), anchor=False)
    if is_fixed():
        st.markdown(_("This address was set for this server. Everyone can use it."))
    else:
        choose_an_address(address)
    if address is None:
        return
    if not reaches_phones(address):
        st.error(
            _("Phones cannot use this address: it leads each phone to itself. Choose another one."),
            icon=":material/error:",
        )
    left, right = st.columns([1, 1.3], vertical_alignment="center")
    with left:
        alternative = _("QR code that opens {address}").format(address=short_address(address))
        show_picture(qr_svg(reach_url(address), label=alternative), alternative, width=QR_WIDTH)
    with right:
        st.markdown(f"### {plain(short_address(address))}")
        st.markdown(_("Scan this with your own phone. Then we know that phones can find us."))
        with reading() as session:
            reached = read_reached(session)
        if reached and reached[0] == address:
            when = day_and_time(reached[1], language(), room.alliance.time_zone)
            st.success(
                _("A phone reached us by this address, {when}.").format(when=when),
                icon=":material/check_circle:",
            )
        else:
            st.warning(
                _("No phone has reached us by this address yet. Did you scan it? Then look again."),
                icon=":material/info:",
            )
            st.button(_("Look again"), key="look_again", icon=":material/history:")
    if not is_lasting(address):
        small_print(
            _(
                "This address works only in this building, while this computer is on. "
                "Links in the document need a lasting one."
            )
        )


def own_port() -> int:
    """Return the port by which this page was opened."""
    parts = urlsplit(st.context.url or "")
    return parts.port or (443 if parts.scheme == "https" else 80)


def choose_an_address(address: str | None) -> None:
    """Draw this machine's addresses and room for another one."""
    options = machine_addresses(own_port())
    typed = address if address and address not in options else ""
    if typed:
        options.insert(0, typed)
    options.append(OWN_ADDRESS)
    # A choice of its own for each typed address: a browser would hold on to "another address".
    key = f"address_choice_{typed}"
    with st.container(key="address_choice"):
        chosen = st.radio(
            _("By which address can phones find this computer?"),
            options,
            index=options.index(address) if address else None,
            format_func=lambda option: (
                _("another address") if option == OWN_ADDRESS else short_address(option)
            ),
            key=key,
            on_change=store_address,
            args=(key,),
        )
    if chosen == OWN_ADDRESS:
        st.text_input(
            _("Type the address"),
            key="address_typed",
            placeholder="https://merenveld.example",
            on_change=store_typed_address,
        )
        if refused := st.session_state.get(REFUSED):
            st.error(refused, icon=":material/error:")


def store_address(key: str) -> None:
    """Store the address that was chosen. For `on_change`."""
    chosen = st.session_state[key]
    if chosen and chosen != OWN_ADDRESS:
        act(choose_address, address=chosen)


def store_typed_address() -> None:
    """Store the address that was typed; what stands in the way is told beside it. For `on_change`."""
    st.session_state.pop(REFUSED, None)
    typed = st.session_state["address_typed"]
    if not typed:
        return
    acted = act(choose_address, handled=(InvalidValue,), address=typed)
    if acted.error is not None:
        happened, what_to_do = error_sentence(acted.error, language())
        st.session_state[REFUSED] = f"**{plain(happened)}** {plain(what_to_do)}"
