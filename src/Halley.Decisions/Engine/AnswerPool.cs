namespace Halley.Decisions;

/// <summary>Answers that are not in use, each with its block: a warm engine makes no new ones.</summary>
sealed class AnswerPool(DecisionEngine engine, DecisionPlan plan)
{
    // More answers than this in use at once are made anew and left to the collector.
    readonly DecisionAnswer?[] idle = new DecisionAnswer?[Math.Max(64, 4 * Environment.ProcessorCount)];

    public DecisionAnswer Rent()
    {
        for (var i = 0; i < idle.Length; i++)
        {
            if (idle[i] is not null && Interlocked.Exchange(ref idle[i], null) is { } answer)
            {
                answer.Reset(engine);
                return answer;
            }
        }
        return new(engine, plan);
    }

    public void Return(DecisionAnswer answer)
    {
        for (var i = 0; i < idle.Length; i++)
        {
            if (idle[i] is null && Interlocked.CompareExchange(ref idle[i], answer, null) is null)
                return;
        }
    }
}
