using Halley.Models;

namespace Halley.Specs;

/// <summary>A model's YAML file: what to fit, and on which table of the project's data.</summary>
/// <param name="Data">Name of a table in <c>data.yaml</c>, or path of a data file.</param>
public sealed record ModelFile(string Data, ModelSpec Spec);
