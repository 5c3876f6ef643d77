"""Other systems: how each is spoken to, who carries the messages, and simulators to practise on."""
