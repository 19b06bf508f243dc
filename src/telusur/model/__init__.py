"""The types of a reading: what each stage takes and gives. Plain frozen data, no behaviour beyond views."""
