global using Halley.Data;
