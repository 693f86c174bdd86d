using Halley.Statistics;

namespace Halley.Registry;

/// <summary>What a unit earns more in one arm than in the other.</summary>
/// <param name="Estimate">With the interval for one look.</param>
/// <param name="Units">Different units of the arm that is judged.</param>
/// <param name="AgainstUnits">Different units of the other arm.</param>
/// <param name="Decisions">Decisions of both.</param>
readonly record struct ArmDifference(Estimate Estimate, int Units, int AgainstUnits, int Decisions);
