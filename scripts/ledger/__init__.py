"""The program of the China AI Ledger: checks the CSV files, builds the database, serves the site."""
