"""policywatch: an archiver and clause-level differ for privacy policies and terms."""

__version__ = "0.1.0"
