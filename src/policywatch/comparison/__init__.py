"""Two versions in, changes out: clauses aligned, words marked, signals read."""

from policywatch.comparison.applying import apply as apply
from policywatch.comparison.changes import compare as compare
from policywatch.comparison.severity import assess as assess
from policywatch.comparison.severity import severity as severity
from policywatch.comparison.versions import version_signals as version_signals
