"""The dossier behind `policywatch report`: gathered from an archive, built of values, laid out by reports."""
