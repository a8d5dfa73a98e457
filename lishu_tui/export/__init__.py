"""What a reader takes away: tables whose cells no spreadsheet runs, and (later) citations and documents."""
