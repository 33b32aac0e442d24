"""The engine over an OpenSearch cluster, for libraries that outgrow one machine."""
