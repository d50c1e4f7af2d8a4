"""Read audio files from a few windows of their bytes: START READING at reading.py.

Takes: Windows, the bytes held so far and the file's size.
Gives: a Measurement, or Wanted, the bytes without which there is none.
Touches: nothing.
"""
