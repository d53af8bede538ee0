"""What leaves the program as files for people: the check report as a page, facts as a workbook or as CSV."""
