"""Pure rules of meetings: states, case numbers, the skeleton of the minutes, and the commands of the service."""
