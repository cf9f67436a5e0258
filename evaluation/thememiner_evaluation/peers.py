"""The other methods, each as its makers ship it, on the same texts and the same vectors.

BERTopic (Grootendorst 2022: UMAP, HDBSCAN, class-based TF-IDF), k-means and NMF of scikit-learn, KeyNMF of
turftopic (Kardos et al. 2024), TF-IDF with support vector machines (as the NHS patient-experience project
trained them), cosine to a code's words, and spaCy's sentencizer.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner_evaluation.measuring import NotMeasured
from thememiner_evaluation.vectors import Kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats32 = NDArray[np.float32]
    Flags = NDArray[np.bool_]
    Labels = NDArray[np.int64]

RUNS = 3  # of BERTopic, whose UMAP is drawn anew each time
WORDS = 10  # of a topic
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")


def bertopic(
    texts: Sequence[str], vectors: Floats32, *, seed: int | None = None
) -> tuple[Labels, list[list[str]]]:
    """BERTopic as it comes: the topic of each text (-1 an outlier), and each topic's words.

    `seed` fixes UMAP's draws, as BERTopic's own FAQ advises for the same result again.
    """
    with _quietly():
        from bertopic import BERTopic
        from umap import UMAP

        fixed: dict[str, Any] = {}
        if seed is not None:  # the same UMAP that BERTopic makes, but for its seed
            fixed["umap_model"] = UMAP(
                n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
            )
        model: Any = BERTopic(**fixed)
        found, _ = model.fit_transform(list(texts), embeddings=np.asarray(vectors))
        words = [[w for w, _ in terms] for k, terms in sorted(model.get_topics().items()) if k >= 0]
    return np.array(found, dtype=np.int64), words


def bertopic_zeroshot(texts: Sequence[str], vectors: Floats32, names: Sequence[str], encoder: Kept) -> Flags:
    """Which of `names` BERTopic's zero-shot mode, with its default threshold, gives each text."""
    with _quietly():
        from bertopic import BERTopic
        from bertopic.backend import BaseEmbedder

        class Backend(BaseEmbedder):  # type: ignore[misc]
            def embed(self, documents: Sequence[str], verbose: bool = False) -> Floats32:  # noqa: ARG002
                return encoder.encode(list(documents))

        model: Any = BERTopic(zeroshot_topic_list=list(names), embedding_model=Backend())
        found, _ = model.fit_transform(list(texts), embeddings=np.asarray(vectors))
        labels = model.topic_labels_
    given = np.array([[labels.get(topic) == name for name in names] for topic in found], dtype=bool)
    return given.reshape(len(texts), len(names))


def kmeans(vectors: Floats32, number: int) -> Labels:
    """k-means with the true number of classes told to it."""
    from sklearn.cluster import KMeans

    return np.asarray(KMeans(number, n_init=10, random_state=0).fit_predict(vectors), dtype=np.int64)


def nmf(texts: Sequence[str], number: int) -> tuple[Labels, list[list[str]]]:
    """NMF over TF-IDF without English stop-words: each text's strongest topic, and each topic's words."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    with _quietly():
        counter = TfidfVectorizer(stop_words="english", min_df=2, max_df=0.95)
        weights = counter.fit_transform(texts)
        model = NMF(number, init="nndsvd", max_iter=400, random_state=0)
        shares = model.fit_transform(weights)
    terms = counter.get_feature_names_out()
    words = [[str(terms[i]) for i in np.argsort(-row, kind="stable")[:WORDS]] for row in model.components_]
    return np.where(shares.sum(axis=1) > 0, shares.argmax(axis=1), -1).astype(np.int64), words


def keynmf(texts: Sequence[str], vectors: Floats32, number: int, encoder: Kept) -> list[list[str]]:
    """The words of each topic of turftopic's KeyNMF; raises `NotMeasured` where it is not installed."""
    with _quietly():
        try:
            from turftopic import KeyNMF
            from turftopic.encoders import ExternalEncoder
        except ImportError as error:
            raise NotMeasured(f"turftopic is not installed ({error.name})") from None

        class Encoder(ExternalEncoder):  # type: ignore[misc]
            def encode(self, sentences: Sequence[str], **_: Any) -> Floats32:
                return encoder.encode([str(s) for s in sentences])

        model: Any = KeyNMF(number, encoder=Encoder(), random_state=0)
        model.fit_transform(list(texts), embeddings=np.asarray(vectors))
        terms = model.get_vocab()
        weights = model.components_
    return [[str(terms[i]) for i in np.argsort(-row, kind="stable")[:WORDS]] for row in weights]


def national_svm(texts: Sequence[str], gold: Flags, unseen: Sequence[str]) -> Flags:
    """TF-IDF and an SVM a label, with the settings that the national patient-experience project published.

    scikit-learn's TF-IDF as it comes; SVC, C = 15, balanced classes, at most 1,000 steps.
    """
    from sklearn.svm import SVC

    return _each_label(
        {}, lambda: SVC(C=15, class_weight="balanced", max_iter=1000, cache_size=500), texts, gold, unseen
    )


def linear_svm(texts: Sequence[str], gold: Flags, unseen: Sequence[str]) -> Flags:
    """TF-IDF of words and pairs of words, and a linear SVM a label with balanced classes."""
    from sklearn.svm import LinearSVC

    ranges = {"ngram_range": (1, 2), "sublinear_tf": True}
    return _each_label(ranges, lambda: LinearSVC(class_weight="balanced"), texts, gold, unseen)


def tfidf_classes(texts: Sequence[str], classes: Sequence[str], unseen: Sequence[str]) -> list[str]:
    """TF-IDF of words and pairs of words, and logistic regression over the classes."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    with _quietly():
        counter = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        model = LogisticRegression(C=10, max_iter=2000).fit(counter.fit_transform(texts), list(classes))
        return [str(found) for found in model.predict(counter.transform(unseen))]


def sentencizer(text: str) -> list[tuple[int, int]]:
    """(start, end) of spaCy's sentences of each paragraph, without the white space around them."""
    found = []
    for paragraph in _PARAGRAPH.finditer(text):
        for sentence in _spacy()(paragraph[0]).sents:
            left = len(sentence.text) - len(sentence.text.lstrip())
            start, size = paragraph.start() + sentence.start_char + left, len(sentence.text.strip())
            if size:
                found.append((start, start + size))
    return found


@functools.cache
def _spacy() -> Any:
    import spacy

    model = spacy.blank("en")
    model.add_pipe("sentencizer")
    return model


def _each_label(
    counting: dict[str, Any], make: Any, texts: Sequence[str], gold: Flags, unseen: Sequence[str]
) -> Flags:
    from sklearn.feature_extraction.text import TfidfVectorizer

    found = np.zeros((len(unseen), gold.shape[1]), dtype=bool)
    with _quietly():
        counter = TfidfVectorizer(**counting)
        weights, asked = counter.fit_transform(texts), counter.transform(unseen)
        for j in range(gold.shape[1]):
            if gold[:, j].any() and not gold[:, j].all():
                found[:, j] = make().fit(weights, gold[:, j]).predict(asked)
    return found


@contextmanager
def _quietly() -> Iterator[None]:
    """Their warnings are not ours to mend, and a filter that makes errors of them must not end a run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
