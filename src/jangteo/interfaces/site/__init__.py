"""The shell: home, navigation, my desk, search, sign-in, the public tender page."""
