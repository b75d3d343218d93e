"""What leaves Handslag: sentences, drawings and documents. Plain data in, text or bytes out; never a query."""
