namespace Halley.Optimization;

/// <summary>A portfolio of any size from a seed: logistic demand, prices from −20 % to +20 %, five limits.</summary>
/// <remarks>Every policy is drawn from its number alone, by SplitMix64 in counter form, so parts can be made in any order.</remarks>
static class SeededPortfolio
{
    const int Other = 0;
    const int Young = 1;
    const int Old = 2;

    /// <summary>Draw j of policy i: output number 8i + j of SplitMix64 started at the seed.</summary>
    public static double Draw(ulong seed, int policy, int draw)
    {
        var z = seed + (8 * (ulong)policy + (ulong)draw + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / 9007199254740992.0);
    }

    /// <param name="ratioPerMille">Largest loss ratio.</param>
    public static PriceProblem Make(ulong seed, int policies, int options, double ratioPerMille = 743, int threads = 0)
    {
        var (classes, facts) = (new ushort[policies], new Policy[policies]);
        for (var i = 0; i < policies; i++)
        {
            facts[i] = Policy.Of(seed, i);
            classes[i] = facts[i].Segment;
        }
        var menus = PriceMenus.Fill(
            policies,
            options,
            ["profit", "kept", "change", "loss"],
            classes,
            (policy, menu) => facts[policy].Fill(menu, options, ratioPerMille),
            threads: threads
        );
        return new(menus, Limits(menus, facts));
    }

    static PortfolioLimit[] Limits(PriceMenus menus, Policy[] facts)
    {
        double kept = 0,
            young = 0,
            premium = 0,
            old = 0;
        foreach (var policy in facts)
        {
            var one = Half(1e6 * policy.Retention);
            kept += one;
            young += policy.Segment == Young ? one : 0;
            premium += policy.Premium;
            old += policy.Segment == Old ? policy.Premium : 0;
        }
        return
        [
            PortfolioLimit.On("keep", menus, 1, -Math.Floor(1.01 * kept), _ => true, -1),
            PortfolioLimit.On("change", menus, 2, Math.Floor(0.04 * premium), _ => true),
            PortfolioLimit.On("loss", menus, 3, 0, _ => true),
            PortfolioLimit.On("keep_young", menus, 1, -Math.Floor(1.02 * young), one => one == Young, -1),
            PortfolioLimit.On("change_old", menus, 2, Math.Floor(0.015 * old), one => one == Old),
        ];
    }

    static double Half(double x) => Math.Floor(x + 0.5);

    internal readonly record struct Policy(double Premium, double Cost, double Retention, double Slope, ushort Segment)
    {
        public static Policy Of(ulong seed, int i)
        {
            var premium = Half(18000 * Math.Exp(1.9 * Draw(seed, i, 0)));
            var (slope, group) = (Draw(seed, i, 3), Draw(seed, i, 4));
            return new(
                premium,
                Half(premium * (0.60 + 0.35 * Draw(seed, i, 1))),
                0.70 + 0.25 * Draw(seed, i, 2),
                1.5 + 9 * slope * slope,
                (ushort)(
                    group < 0.2 ? Young
                    : group < 0.35 ? Old
                    : Other
                )
            );
        }

        public void Fill(Span<double> menu, int options, double ratioPerMille)
        {
            var level = Math.Log(Retention / (1 - Retention));
            for (var option = 0; option < options; option++)
            {
                var step = -200 + Math.Floor(400.0 * option / (options - 1) + 0.5);
                var kept = Half(1e6 / (1 + Math.Exp(-(level - Slope * step / 1000))));
                var price = Half(Premium * (1000 + step) / 1000);
                menu[4 * option] = Half(kept * (price - Cost) / 1e6);
                menu[4 * option + 1] = kept;
                menu[4 * option + 2] = price - Premium;
                menu[4 * option + 3] = Half(kept * (1000 * Cost - ratioPerMille * price) / 1e9);
            }
        }
    }
}
