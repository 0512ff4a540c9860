"""The other contenders, written as a competent user of each would."""
