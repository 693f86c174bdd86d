using Halley.Kernels;

namespace Halley.Optimization;

/// <summary>Improves a plan by solving parts of it exactly, again and again: large neighbourhood search.</summary>
/// <remarks>
/// A part is what meets at a few limits: policies whose choice uses them, with the options that use no other limit of their kind, and the
/// least regretted ones beside. Where every policy uses every limit, parts are drawn among the policies that are least decided.
/// Source: Shaw (1998), Principles and Practice of Constraint Programming, 417–431.
/// </remarks>
sealed class NeighbourhoodSearch(DualEvaluator evaluator, double[] multipliers)
{
    const int LimitsInPart = 5;
    const int PoliciesInPart = 30;
    const int OptionsBeside = 3;

    readonly PriceProblem _problem = evaluator.Problem;
    readonly List<(ushort Option, double Score)>[] _ranked = Rank(evaluator, multipliers);

    /// <summary>Options of a part drawn from a number, for an integer program around the plan.</summary>
    internal SortedDictionary<int, List<ushort>> Part(ushort[] plan, ulong number)
    {
        var random = new DeterministicRandom(number * 2 + 1);
        int[] limits = [.. Enumerable.Range(0, _problem.LimitCount)];
        random.Shuffle<int>(limits);
        var chosen = limits.Take(LimitsInPart).ToHashSet();
        var policies = Enumerable.Range(0, plan.Length).Where(policy => Meets(policy, plan[policy], chosen)).ToArray();
        random.Shuffle<int>(policies);
        var isShared = policies.Length == plan.Length;
        var open = new SortedDictionary<int, List<ushort>>();
        foreach (var policy in isShared ? LeastDecided(policies, plan) : policies.Take(PoliciesInPart))
        {
            var options = new HashSet<ushort> { plan[policy] };
            foreach (var (option, _) in _ranked[policy].Take(isShared ? 2 * OptionsBeside : OptionsBeside))
                options.Add(option);
            if (!isShared)
                options.UnionWith(_ranked[policy].Where(one => Meets(policy, one.Option, chosen)).Select(one => one.Option));
            if (options.Count > 1)
                open[policy] = [.. options.Order()];
        }
        return open;
    }

    bool Meets(int policy, ushort option, HashSet<int> limits) => limits.Any(l => _problem.Use(l, policy, option) != 0);

    /// <summary>Of a random half of the policies those whose best options lie closest together.</summary>
    IEnumerable<int> LeastDecided(int[] shuffled, ushort[] plan) =>
        shuffled
            .Take(Math.Max(PoliciesInPart, shuffled.Length / 2))
            .OrderBy(policy =>
                _ranked[policy].Count < 2 ? double.PositiveInfinity
                : _ranked[policy][0].Option == plan[policy] ? _ranked[policy][0].Score - _ranked[policy][1].Score
                : 0
            )
            .Take(PoliciesInPart);

    static List<(ushort Option, double Score)>[] Rank(DualEvaluator evaluator, double[] multipliers)
    {
        var menus = evaluator.Problem.Menus;
        var ranked = new List<(ushort Option, double Score)>[menus.PolicyCount];
        for (var policy = 0; policy < ranked.Length; policy++)
        {
            var (low, high) = menus.AllowedOf(policy);
            ranked[policy] =
            [
                .. Enumerable
                    .Range(low, high - low + 1)
                    .Select(option => ((ushort)option, evaluator.ScoreOf(multipliers, policy, option)))
                    .OrderByDescending(one => one.Item2),
            ];
        }
        return ranked;
    }
}
