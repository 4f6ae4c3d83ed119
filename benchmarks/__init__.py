"""What the project costs in time, measured in pairs on one machine: `make bench`."""
