"""How the agreements hang together: principles by partners, and what is missing."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup, escape

from exports.sentences import dependency_sentence, gap_sentence
from models.agreeing.coherence import Coherence
from pages.parts.agreeing.fields import shortened
from pages.parts.frame.words import gettext as _
from pages.parts.frame.words import language


def coherence_picture(coherence: Coherence) -> None:
    """Draw the matrix of principles and partners, the gaps, and which agreement needs which."""
    st.header(_("How it hangs together"), anchor=False)
    if not coherence.principles or not coherence.partners:
        st.markdown(_("The picture appears when there are principles and partners."))
        return
    st.html(_matrix(coherence))
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="card_gaps"):
        st.subheader(_("What is still missing"), anchor=False)
        if coherence.gaps:
            st.html(_sentences([gap_sentence(gap, language()) for gap in coherence.gaps]))
        else:
            st.markdown(_("Nothing. Every principle is practised and every partner has a part."))
    with right, st.container(border=True, key="card_dependencies"):
        st.subheader(_("What needs what"), anchor=False)
        if coherence.dependencies:
            needed = [
                dependency_sentence(number, other, language()) for number, other in coherence.dependencies
            ]
            st.html(_sentences(needed))
        else:
            st.markdown(_("No agreement waits for another."))


def _matrix(coherence: Coherence) -> Markup:
    """Return principles × partners; a cell holds the numbers of the agreements by which they meet."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for _id, name in coherence.partners)
    rows = Markup("")
    for number, text in coherence.principles:
        cells = Markup("")
        for partner_id, _name in coherence.partners:
            agreements = coherence.cells.get((number, partner_id), [])
            if agreements:
                cells += Markup('<td class="meets">{}</td>').format(
                    ", ".join(str(agreement) for agreement in agreements)
                )
            else:
                cells += Markup('<td class="misses">–</td>')
        heading = _("{number}. {text}").format(number=number, text=shortened(text, 90))
        rows += Markup('<tr><th scope="row">{}</th>{}</tr>').format(heading, cells)
    caption = _("The numbers are agreements: which partner carries or helps with which principle.")
    return Markup(
        '<div class="table-frame" tabindex="0" role="region" aria-label="{caption}">'
        '<table class="handslag matrix"><caption>{caption}</caption><thead><tr><th scope="col">{principle}</th>'
        "{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    ).format(caption=caption, principle=_("Principle"), head=head, rows=rows)


def _sentences(sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<ul class="plain">{items}</ul>'
