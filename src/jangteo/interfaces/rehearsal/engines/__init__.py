"""The two engines held against each other: the rules, and the verifier that shares no code with
them. Nothing here decides who is right; `./jangteo engines` says where they differ.
"""
