"""What is due, who hears of it and when: rules that each app declares, run by one engine."""
