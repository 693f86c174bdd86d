namespace Halley.Decisions;

/// <summary>Sorts nodes so that each comes after those it needs; the file's order otherwise.</summary>
/// <remarks>Depth-first: Tarjan (1976), "Edge-disjoint spanning trees and depth-first search", Acta Informatica 6, 171–185.</remarks>
sealed class NodeOrder
{
    readonly Dictionary<string, PlanNode> providers = new(StringComparer.Ordinal);
    readonly HashSet<PlanNode> done = new(ReferenceEqualityComparer.Instance);
    readonly List<PlanNode> path = [];
    readonly List<PlanNode> sorted = [];
    readonly ProblemList problems;

    NodeOrder(IReadOnlyList<PlanNode> nodes, ProblemList problems)
    {
        this.problems = problems;
        foreach (var node in nodes)
        {
            foreach (var name in node.Provides)
                providers.TryAdd(name, node);
        }
    }

    /// <summary>The nodes in order; circles are noted as problems and cut.</summary>
    public static IReadOnlyList<PlanNode> Sort(IReadOnlyList<PlanNode> nodes, ProblemList problems)
    {
        var order = new NodeOrder(nodes, problems);
        foreach (var node in nodes)
            order.Visit(node);
        return order.sorted;
    }

    void Visit(PlanNode node)
    {
        if (done.Contains(node))
            return;
        var start = path.FindIndex(open => ReferenceEquals(open, node));
        if (start >= 0)
        {
            var circle = path.Skip(start).Append(node).Select(step => step.Name);
            problems.Add(
                DecisionCodes.Cycle,
                $"{node.Place}: steps need each other in a circle: {string.Join(" → ", circle)}. Take one of them out of another's formula."
            );
            return;
        }
        path.Add(node);
        foreach (var name in node.Needs)
        {
            if (providers.TryGetValue(name, out var needed))
                Visit(needed);
        }
        path.RemoveAt(path.Count - 1);
        done.Add(node);
        sorted.Add(node);
    }
}
