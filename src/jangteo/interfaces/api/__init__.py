"""The JSON API: keys, errors, OpenAPI; the routes themselves stand in the stages."""
