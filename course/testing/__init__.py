"""What the tests of the course share: the fixed world they run in, the runner, the lock around kernel starts."""
