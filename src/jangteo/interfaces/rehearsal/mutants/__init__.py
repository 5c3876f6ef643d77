"""Rules with one mistake each: do the tests of the rules notice?"""
