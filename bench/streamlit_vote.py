"""The vote page as one would write it in Streamlit today: what our phone page is compared with."""

import streamlit as st

st.set_page_config(page_title="Stemmen")
st.header("Kunt u hiermee leven?")
st.markdown("### Wij nemen geen besluit over een groep zonder die groep aan tafel.")
for choice in ("Akkoord", "Akkoord, met een zorg", "Bezwaar"):
    st.button(choice, width="stretch")
