"""Where the tests must have a cluster they have one."""

import os

from support.cluster import CLUSTER


def test_the_tests_of_clusters_are_not_skipped_in_ci() -> None:
    assert CLUSTER or not os.environ.get("SINORUS_TEST_CI")
