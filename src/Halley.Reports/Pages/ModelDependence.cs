using Halley.Data;

namespace Halley.Reports;

/// <summary>How a model's score depends on the inputs that it uses most.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Rows">Rows that were looked at.</param>
/// <param name="Lines">As <see cref="Models.Dependence.Of"/> gives them.</param>
public sealed record ModelDependence(string Model, int Rows, Table Lines);
