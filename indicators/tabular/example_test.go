package tabular_test

import (
	"fmt"
	"strings"

	"example.com/zhibiao/indicators/tabular"
)

// An analyst adds two years from a yearbook.
func Example() {
	const sheet = `指标,单位,地区,2019,2020,来源,页码
地区生产总值,亿元,涧西区,560.1,600余,洛阳统计年鉴2021,57
`
	claims, err := tabular.History{}.Read(strings.NewReader(sheet), "history.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range claims {
		fmt.Println(c.ID, c.Indicator, c.Period(), c.Printed(), c.Note)
	}
	// Output:
	// history-D2 地区生产总值 2019 560.1亿元 source=洛阳统计年鉴2021; page=57
	// history-E2 地区生产总值 2020 600余亿元 source=洛阳统计年鉴2021; page=57
}
