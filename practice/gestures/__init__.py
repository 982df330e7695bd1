"""What a person does in the practice workspace: messages, interactions, modals."""
