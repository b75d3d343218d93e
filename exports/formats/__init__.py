"""The agenda in other kinds of files: for a printer, for a spreadsheet, for a calendar, for a program."""
