"""The demo network: fills an empty instance through the services, as people would."""
