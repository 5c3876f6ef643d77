"""The design system: KRDS parts, put together once; it knows money and periods, no tender."""
