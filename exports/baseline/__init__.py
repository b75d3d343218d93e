"""What leaves of a startfoto: tables of findings, and the report."""
