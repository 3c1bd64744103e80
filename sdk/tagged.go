package sdk

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// decodeTagged reads attributes into the tagged fields of a struct.
func decodeTagged[T any](attrs json.RawMessage) (T, error) {
	var into T
	err := decodeInto(reflect.ValueOf(&into).Elem(), attrs)
	return into, err
}

func decodeInto(into reflect.Value, attrs json.RawMessage) error {
	values := map[string]json.RawMessage{}
	if len(attrs) > 0 {
		if err := json.Unmarshal(attrs, &values); err != nil {
			return fmt.Errorf("attributes: %w", err)
		}
	}
	for field := range fields(into.Type()) {
		attr := attrOf(into.Type(), field)
		if err := set(into.FieldByIndex(field.Index), attr, values[attr.Name]); err != nil {
			return fmt.Errorf("argument %s: %w", attr.Name, err)
		}
	}
	return nil
}

// set gives a field what was written, or else the default. What is always said
// is false, 0 or nothing where it is absent.
func set(field reflect.Value, attr Attr, written json.RawMessage) error {
	if written == nil && attr.Fill {
		return nil
	}
	if written == nil {
		return setDefault(field, attr.Default)
	}
	if !attr.Blocks() {
		return json.Unmarshal(written, field.Addr().Interface())
	}
	if attr.Type == detect.TypeBlocks {
		return setBlocks(field, written)
	}
	if field.Kind() == reflect.Pointer {
		field.Set(reflect.New(field.Type().Elem()))
		field = field.Elem()
	}
	return decodeInto(field, written)
}

// setBlocks gives a field the blocks that were written, each with its label.
func setBlocks(field reflect.Value, written json.RawMessage) error {
	var list []json.RawMessage
	if err := json.Unmarshal(written, &list); err != nil {
		return err
	}
	all := reflect.MakeSlice(field.Type(), len(list), len(list))
	for i, one := range list {
		if err := decodeInto(all.Index(i), one); err != nil {
			return err
		}
		if err := setLabel(all.Index(i), one); err != nil {
			return err
		}
	}
	field.Set(all)
	return nil
}

// setLabel gives a struct the label of the block that it is.
func setLabel(block reflect.Value, written json.RawMessage) error {
	var labelled struct {
		Label Label `json:"label"` // detect.Label
	}
	if err := json.Unmarshal(written, &labelled); err != nil {
		return err
	}
	for i := range block.NumField() {
		if block.Field(i).Type() == reflect.TypeFor[Label]() {
			block.Field(i).Set(reflect.ValueOf(labelled.Label))
		}
	}
	return nil
}

func setDefault(field reflect.Value, text string) error {
	if text == "" {
		return nil
	}
	switch field.Kind() {
	case reflect.String:
		field.SetString(text)
		return nil
	case reflect.Bool:
		flag, err := strconv.ParseBool(text)
		field.SetBool(flag)
		return err
	case reflect.Int, reflect.Int64:
		number, err := strconv.ParseInt(text, 10, 64)
		field.SetInt(number)
		return err
	}
	return nil // the default of a list or an expression is for the documentation
}
