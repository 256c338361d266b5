"""What to compare with: a linear support-vector machine over TF-IDF of a clause, its headings and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from policywatch.taxonomy.labelling import MOST_LABELS
from training.corpus import Document

_LEAST = -0.25  # margin from which on a category is given
_NEAR = 0.5  # weight of the neighbours' words


def labels(seen: Sequence[Document], unseen: Sequence[Document]) -> list[list[list[str]]]:
    """The labels of each unseen document's clauses."""
    words = [TfidfVectorizer(ngram_range=(1, size), min_df=2, sublinear_tf=True) for size in (2, 2, 1, 1)]
    known = _values([one.fit_transform(texts) for one, texts in zip(words, _fields(seen), strict=True)])
    asked = _values([one.transform(texts) for one, texts in zip(words, _fields(unseen), strict=True)])
    given = [set(found) for document in seen for found in document.labels]
    names = sorted(set().union(*given))
    truths = [np.array([name in found for found in given]) for name in names]
    margins = np.column_stack([LinearSVC(C=0.5).fit(known, truth).decision_function(asked) for truth in truths])
    rows = iter(margins)
    return [[_chosen(names, next(rows)) for _ in document.clauses] for document in unseen]


def _chosen(names: Sequence[str], margins: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[str]:
    best = np.argsort(-margins)[:MOST_LABELS]
    return [names[lane] for lane in best if margins[lane] >= _LEAST]


def _fields(documents: Sequence[Document]) -> tuple[list[str], list[str], list[str], list[str]]:
    """Of every clause its own words, its headings', and those of the clauses before and after it."""
    own, headings, before, after = [], [], [], []
    for document in documents:
        texts = [text for _, text in document.clauses]
        own += texts
        headings += [" > ".join(heading) for heading, _ in document.clauses]
        before += ["", *texts[:-1]]
        after += [*texts[1:], ""]
    return own, headings, before, after


def _values(fields: Sequence[csr_matrix]) -> csr_matrix:
    own, headings, before, after = fields
    return hstack([own, headings, before * _NEAR, after * _NEAR]).tocsr()
