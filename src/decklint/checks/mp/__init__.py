"""What Marp does silently."""
