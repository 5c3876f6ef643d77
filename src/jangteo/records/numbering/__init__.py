"""Numbers people read aloud, and identifiers machines keep.

A number has 13 characters: R, two digits of the year, two letters of the stage, eight digits
(R26BK00000001), the form that KONEPS clients already parse; a notice adds its version, -000.
"""
