"""How a bot grows out of its operators' work: a stream of real messages, and somebody who answers and corrects."""
